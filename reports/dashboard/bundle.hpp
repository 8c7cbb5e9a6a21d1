// The page's script with its chart library, bundled and minified when the program is built.
#ifndef AWLAB_REPORTS_DASHBOARD_BUNDLE_HPP_
#define AWLAB_REPORTS_DASHBOARD_BUNDLE_HPP_

#include <string_view>

namespace awlab::reports {

/// The script: ASCII without "</script" and "<!--", so that it may stand inside a <script> element.
extern const std::string_view kBundle;

/// The hash of kBundle for a Content-Security-Policy: "sha256-…".
extern const std::string_view kBundleHash;

/// The authors of the bundle's parts: names, versions and licences, one per line.
extern const std::string_view kBundleLicences;

}  // namespace awlab::reports

#endif  // AWLAB_REPORTS_DASHBOARD_BUNDLE_HPP_
