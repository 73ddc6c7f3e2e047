"""Corrections: two versions of a department's file compared, and the documents that tell the public of it.

    report = compare_files(old, new, fonts)
    print_report(console, report), report_as_data(report), write_documents(report, folder, fonts)

The way through: `entered` and `fields` find what the department changed in its file, `figures` which cells of the
official tables follow from it, and by which chain; `differences` compares the two finished documents, and `causes`
tells, by taking back one change after the other, which of them each difference comes from.
"""

from generator.correction.data import report_as_data
from generator.correction.documents import write_documents
from generator.correction.entered import Entered, entries_changed
from generator.correction.fields import fields_changed
from generator.correction.report import Report, compare_files
from generator.correction.shown import print_report
from generator.correction.versions import Versions
