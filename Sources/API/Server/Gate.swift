import APITypes
import HTTPTypes
import HummingbirdCore

/// Turns away what a browser was talked into sending.
struct Gate: Sendable {
  /// The names under which the ledger is addressed, in lower case and without a port.
  let hosts: Set<String>

  /// A page of another site can make a browser send requests here; the browser then says so in
  /// `Origin` or `Referer`, or, when a name was rebound to this address, in `Host`.
  func check(_ request: Request) throws(Rejection) {
    if let length = request.head.path?.utf8.count, length > HeadSize.address {
      throw .uriTooLong(limit: HeadSize.address)
    }
    if let authority = request.head.authority, !hosts.contains(authority),
      !hosts.contains(Self.host(authority[...]))
    {
      throw .hostUnknown(authority)
    }
    for name in [HTTPField.Name.origin, .referer] {
      if let site = request.headers[name], !isOwn(site) { throw .originForeign(site) }
    }
  }

  private func isOwn(_ site: String) -> Bool {
    guard let start = site.firstRange(of: "://")?.upperBound else { return false }
    return hosts.contains(Self.host(site[start...].prefix { !"/?#".contains($0) }))
  }

  private static func host(_ authority: Substring) -> String {
    let port = authority.lastIndex(of: ":")
    let host =
      port.map { colon in
        authority[colon...].dropFirst().allSatisfy(\.isNumber) ? authority[..<colon] : authority
      } ?? authority
    return host.lowercased()
  }
}
