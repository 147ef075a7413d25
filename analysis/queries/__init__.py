"""What pages and routes ask of an archive: plain functions over its tables, no Streamlit."""
