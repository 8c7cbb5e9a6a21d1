// The script of the page with its chart library, bundled and minified when the program is built.
#ifndef AWLAB_REPORTS_DASHBOARD_BUNDLE_HPP_
#define AWLAB_REPORTS_DASHBOARD_BUNDLE_HPP_

#include <string_view>

namespace awlab::reports {

/// ASCII without "</script" and "<!--", so that it may stand inside a <script> element.
extern const std::string_view kBundle;

/// For a Content-Security-Policy: "sha256-…", of the bytes of kBundle.
extern const std::string_view kBundleHash;

/// Whose work the bundle holds: names, versions and licences, one a line.
extern const std::string_view kBundleLicences;

}  // namespace awlab::reports

#endif  // AWLAB_REPORTS_DASHBOARD_BUNDLE_HPP_
