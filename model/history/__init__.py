"""What was observed from 1992 to 2024: series, the scale they stand on, events, and how the past is read as levers."""
