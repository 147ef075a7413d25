"""How well the pipeline does, measured against annotated files."""
