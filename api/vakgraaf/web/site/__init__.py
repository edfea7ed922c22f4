"""Pages that fit their subject: for each class a question, what is made of the answer, and a template."""
