"""Pages about following the money: for everybody, for who says what they see of it, and for officials."""
