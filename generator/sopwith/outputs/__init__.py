"""What we make: one module an output, each of one shape: model in, pages out."""
