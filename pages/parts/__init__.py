"""Interface pieces that several pages share."""
