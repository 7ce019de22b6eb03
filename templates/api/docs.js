"use strict";

window.ui = SwaggerUIBundle({
  url: "{{ schema_url|escapejs }}",
  dom_id: "#swagger-ui",
  presets: [SwaggerUIBundle.presets.apis],
  layout: "BaseLayout",
  // Signed in with the browser, a change needs the form token; with a token of the API it does no harm.
  requestInterceptor: (request) => {
    if (request.method !== "GET") request.headers["{{ csrf_header_name|escapejs }}"] = "{{ csrf_token }}";
    return request;
  },
  ...{{ settings|safe }},
});
