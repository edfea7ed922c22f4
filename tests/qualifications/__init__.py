"""The packaged facts about qualifications, made of SBB's XML and of two lists of crebo codes."""
