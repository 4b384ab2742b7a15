"""What `gonogo init` writes for a project: a gonogo.yaml, drafted from its folder or its live site, and workflows."""
