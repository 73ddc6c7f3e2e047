"""All departments of a folder: made in parallel, one not standing in another's way, and summed up for the bureau."""

from generator.batch.departments import Department, find_departments
from generator.batch.outcome import Outcome, Stage
from generator.batch.running import Batch, run_batch
from generator.batch.working import Order

__all__ = ["Batch", "Department", "Order", "Outcome", "Stage", "find_departments", "run_batch"]
