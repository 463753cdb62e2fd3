"""The pages in a real browser, over a real server and pictures that it indexed."""
