"""The page: screens and forms for browsers, made of answers of the API."""
