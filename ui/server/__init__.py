"""What is answered beside the page: routes, and what guards them."""
