"""All departments of a folder: made in parallel, one not standing in another's way, and summed up for the bureau."""

from generator.batch.departments import Department, find_departments, read_head
from generator.batch.outcome import Outcome, Stage
from generator.batch.running import Batch, run_batch
from generator.batch.stopping import Stop
from generator.batch.sums import Judged, Sums, Verdict
from generator.batch.working import Order
