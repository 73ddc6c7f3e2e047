"""What stands in a department's file whatever the edition: the keys, and how many corrections there may be."""

EDITION, YEAR, DEPARTMENT, UNIT, SUBJECTS, TABLES = "版本", "年度", "部门", "金额单位", "补充科目", "决算表"
HEAD = (EDITION, YEAR, DEPARTMENT, UNIT)

CONFIRMED = "已核实用语"
MAXIMUM_CONFIRMED = 200

CORRECTIONS = "更正"
DATE, REASON, PLACES = "日期", "原因", "位置"
MAXIMUM_CORRECTIONS = 200
