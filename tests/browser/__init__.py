"""A package, so that the demo and the Chromium that these tests share end with them."""
