"""What a department is given to fill in, made from the edition alone: blank file, schema, and guide to the fields."""

from generator.forms.blank import blank_file
from generator.forms.guide import fields_guide
from generator.forms.schema import json_schema
