"""The contract suite: what holds for every installed layout, source and rule, whoever wrote it."""
