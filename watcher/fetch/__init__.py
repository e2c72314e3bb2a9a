"""Getting bytes from others and handling them safely: requests, guard, cage."""
