"""Instagram's export in JSON, flat and nested, with the people lists of its HTML form."""
