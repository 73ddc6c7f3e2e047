"""The fonts that Chinese official documents and Word name, as data: where each is found, and what stands in for it.

One row a font. A later edition of the table is a change here and nowhere else.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OfficialFont:
    """A font as documents name it.

    `regular`, `bold`, `italic` and `bold_italic` are the names of the files in which systems ship the font (the first
    that exists is used, letter case does not matter; of a collection the first font). `stand_ins` are other rows whose
    installed font may replace it: the same design of another foundry, or one with the same widths. After those comes
    the font of the installation: the sans one if `sans`, drawn with a stroke if `heavy` (a display face: the plain
    serif would look too thin in a title).
    """

    name: str
    aliases: tuple[str, ...] = ()
    regular: tuple[str, ...] = ()
    bold: tuple[str, ...] = ()
    italic: tuple[str, ...] = ()
    bold_italic: tuple[str, ...] = ()
    stand_ins: tuple[str, ...] = ()
    sans: bool = False
    heavy: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.aliases)


OFFICIAL_FONTS = (
    OfficialFont(
        "宋体",
        aliases=("SimSun", "NSimSun", "新宋体", "中易宋体"),
        regular=("simsun.ttc", "simsun.ttf"),
        stand_ins=("华文宋体",),
    ),
    OfficialFont(
        "仿宋",
        aliases=("FangSong", "仿宋_GB2312", "FangSong_GB2312"),
        regular=("simfang.ttf", "仿宋_GB2312.ttf"),
        stand_ins=("方正仿宋_GBK", "华文仿宋"),
    ),
    OfficialFont(
        "黑体",
        aliases=("SimHei", "中易黑体"),
        regular=("simhei.ttf",),
        stand_ins=("方正黑体_GBK", "华文黑体"),
        sans=True,
    ),
    OfficialFont(
        "楷体",
        aliases=("KaiTi", "楷体_GB2312", "KaiTi_GB2312"),
        regular=("simkai.ttf", "楷体_GB2312.ttf"),
        stand_ins=("方正楷体_GBK", "华文楷体"),
    ),
    OfficialFont(
        "方正小标宋简体",
        aliases=("小标宋", "小标宋体", "方正小标宋_GBK", "方正小标宋", "FZXiaoBiaoSong-B05", "FZXiaoBiaoSong-B05S"),
        regular=("FZXBSJW.TTF", "FZXBSK.TTF", "方正小标宋简体.ttf", "方正小标宋_GBK.ttf"),
        stand_ins=("华文中宋",),
        heavy=True,
    ),
    OfficialFont(
        "方正仿宋_GBK",
        aliases=("方正仿宋简体", "方正仿宋"),
        regular=("FZFSK.TTF", "FZFSJW.TTF"),
        stand_ins=("仿宋", "华文仿宋"),
    ),
    OfficialFont(
        "方正黑体_GBK",
        aliases=("方正黑体简体", "方正黑体"),
        regular=("FZHTK.TTF", "FZHTJW.TTF"),
        stand_ins=("黑体", "华文黑体"),
        sans=True,
    ),
    OfficialFont(
        "方正楷体_GBK",
        aliases=("方正楷体简体", "方正楷体"),
        regular=("FZKTK.TTF", "FZKTJW.TTF"),
        stand_ins=("楷体", "华文楷体"),
    ),
    OfficialFont("华文宋体", aliases=("STSong",), regular=("STSONG.TTF",), stand_ins=("宋体",)),
    OfficialFont("华文中宋", aliases=("STZhongsong",), regular=("STZHONGS.TTF",), heavy=True),
    OfficialFont("华文仿宋", aliases=("STFangsong",), regular=("STFANGSO.TTF",), stand_ins=("仿宋",)),
    OfficialFont("华文楷体", aliases=("STKaiti", "Kaiti SC"), regular=("STKAITI.TTF",), stand_ins=("楷体",)),
    OfficialFont(
        "华文黑体",
        aliases=("STHeiti", "Heiti SC"),
        regular=("STHeiti Light.ttc",),
        bold=("STHeiti Medium.ttc",),
        stand_ins=("黑体",),
        sans=True,
    ),
    OfficialFont("华文细黑", aliases=("STXihei",), regular=("STXIHEI.TTF",), stand_ins=("华文黑体",), sans=True),
    OfficialFont(
        "微软雅黑",
        aliases=("Microsoft YaHei", "Microsoft YaHei UI"),
        regular=("msyh.ttc", "msyh.ttf"),
        bold=("msyhbd.ttc", "msyhbd.ttf"),
        sans=True,
    ),
    OfficialFont("等线", aliases=("DengXian",), regular=("Deng.ttf",), bold=("Dengb.ttf",), sans=True),
    OfficialFont(
        "Times New Roman",
        aliases=("TimesNewRomanPSMT",),
        regular=("times.ttf", "Times New Roman.ttf", "Times_New_Roman.ttf"),
        bold=("timesbd.ttf", "Times New Roman Bold.ttf", "Times_New_Roman_Bold.ttf"),
        italic=("timesi.ttf", "Times New Roman Italic.ttf", "Times_New_Roman_Italic.ttf"),
        bold_italic=("timesbi.ttf", "Times New Roman Bold Italic.ttf", "Times_New_Roman_Bold_Italic.ttf"),
        stand_ins=("Liberation Serif",),
    ),
    OfficialFont(
        "Arial",
        aliases=("ArialMT",),
        regular=("arial.ttf",),
        bold=("arialbd.ttf", "Arial Bold.ttf", "Arial_Bold.ttf"),
        italic=("ariali.ttf", "Arial Italic.ttf", "Arial_Italic.ttf"),
        bold_italic=("arialbi.ttf", "Arial Bold Italic.ttf", "Arial_Bold_Italic.ttf"),
        stand_ins=("Liberation Sans",),
        sans=True,
    ),
    OfficialFont(
        "Calibri",
        regular=("calibri.ttf",),
        bold=("calibrib.ttf",),
        italic=("calibrii.ttf",),
        bold_italic=("calibriz.ttf",),
        stand_ins=("Carlito",),
        sans=True,
    ),
    OfficialFont(
        "Liberation Serif",
        regular=("LiberationSerif-Regular.ttf",),
        bold=("LiberationSerif-Bold.ttf",),
        italic=("LiberationSerif-Italic.ttf",),
        bold_italic=("LiberationSerif-BoldItalic.ttf",),
    ),
    OfficialFont(
        "Liberation Sans",
        regular=("LiberationSans-Regular.ttf",),
        bold=("LiberationSans-Bold.ttf",),
        italic=("LiberationSans-Italic.ttf",),
        bold_italic=("LiberationSans-BoldItalic.ttf",),
        sans=True,
    ),
    OfficialFont(
        "Carlito",
        regular=("Carlito-Regular.ttf",),
        bold=("Carlito-Bold.ttf",),
        italic=("Carlito-Italic.ttf",),
        bold_italic=("Carlito-BoldItalic.ttf",),
        sans=True,
    ),
)


def normalized(name: str) -> str:
    """Return `name` as names are compared: full-width and case forms alike, no spaces, and no @ of a vertical font."""
    folded = unicodedata.normalize("NFKC", name).casefold().lstrip("@")
    return "".join(character for character in folded if character not in " -_")


BY_NAME: Mapping[str, OfficialFont] = {normalized(name): font for font in OFFICIAL_FONTS for name in font.names}
