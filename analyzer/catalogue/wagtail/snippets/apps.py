# Facts about wagtail.snippets.apps, written by generate.py.


class WagtailSnippetsAppConfig:
    name = "wagtail.snippets"
    label = "wagtailsnippets"
