"""What a reader takes away: pictures, tables, scenario files, code and a brief, each with its stamp. No streamlit."""
