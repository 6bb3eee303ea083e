enum PlaceholderAPITypes {}
