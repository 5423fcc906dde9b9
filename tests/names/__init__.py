import pytest

pytest.register_assert_rewrite("tests.names.by_hand")  # so that a failure of `assert_safe` shows its values
