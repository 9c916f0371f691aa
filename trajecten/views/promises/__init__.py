"""The chain of promises: for everybody, for who judges one, and for officials."""
