"""One module a noun, each with ``add_to(app)``: load, pure function, save, show. No cross-imports."""
