enum PlaceholderProjections {}
