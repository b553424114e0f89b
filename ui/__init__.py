"""The page: links, controls, charts and words. The model does not know it."""
