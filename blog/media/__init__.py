"""Pictures: taken in, made safe, kept in several sizes, served."""
