# Written by hand.
# The pages that Django answers with in place of a view. Those for a bad request and for an error are
# rendered without the request, so that they ask for nothing.

import outgrow

ERROR_404_TEMPLATE_NAME = "404.html"
ERROR_403_TEMPLATE_NAME = "403.html"
ERROR_400_TEMPLATE_NAME = "400.html"
ERROR_500_TEMPLATE_NAME = "500.html"


def page_not_found(request, exception, template_name=ERROR_404_TEMPLATE_NAME):
    context = {"request_path": outgrow.unknown(), "exception": outgrow.unknown()}
    outgrow.render(template_name, context, request, optional=True)
    return outgrow.unknown()


def server_error(request, template_name=ERROR_500_TEMPLATE_NAME): ...


def bad_request(request, exception, template_name=ERROR_400_TEMPLATE_NAME): ...


def permission_denied(request, exception, template_name=ERROR_403_TEMPLATE_NAME):
    outgrow.render(template_name, {"exception": outgrow.unknown()}, request, optional=True)
    return outgrow.unknown()
