"""The signed public record: every official act, in daily bundles that a chain holds together."""
