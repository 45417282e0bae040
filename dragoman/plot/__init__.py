"""What the analyses found goes in, pictures come out (PNG, SVG): one question, one module; drawn by matplotlib."""
