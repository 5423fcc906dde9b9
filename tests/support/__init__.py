"""What the tests share: articles of known truth, the pages that carry them, the real articles where they are."""
