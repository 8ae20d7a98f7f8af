"""Django glue shared by all modules: middleware, model mixins, components, access marks."""
