"""Names of elements that several stages ask about."""


def tags(names: str) -> frozenset[str]:
    """Give the set of these names, which stand in one string with spaces between."""
    return frozenset(names.split())


# Elements without an end tag (HTML 13.1.2).
VOID = tags("area base br col embed hr img input link meta source track wbr")
