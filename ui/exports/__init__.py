"""What a reader downloads: pictures, tables, scenario files, code and a brief, each with its stamp. No streamlit."""
