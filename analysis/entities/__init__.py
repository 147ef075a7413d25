"""Who and what documents name: the gazetteer, and the spans that mention its entities."""
