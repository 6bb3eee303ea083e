/// Where a webhook leads: to a port or a socket of this machine, and nowhere else.
package enum WebhookAddress: Hashable, Sendable {
  /// The host is `127.0.0.1` or `::1`.
  case port(host: String, port: Int, target: String)
  case socket(path: String, target: String)

  /// The path and the query that are asked for.
  package var target: String {
    switch self {
    case .port(_, _, let target), .socket(_, let target): target
    }
  }

  /// As the receiver is addressed in `Host`.
  package var authority: String {
    switch self {
    case .port("::1", let port, _): "[::1]:\(port)"
    case .port(let host, let port, _): "\(host):\(port)"
    case .socket: "localhost"
    }
  }

  private static let lengthLimit = 1000

  /// Reads `http://127.0.0.1:PORT/…`, `http://[::1]:PORT/…`, `http://localhost:PORT/…`, and
  /// `http+unix:///PATH/TO/SOCKET` or `http+unix://%2FPATH%2FTO%2FSOCKET/…`.
  ///
  /// A name other than localhost is not looked up: what it stands for would be for others to say.
  package init(_ url: String) throws(Problem) {
    guard url.utf8.count <= Self.lengthLimit, url.utf8.allSatisfy({ (0x21...0x7e).contains($0) }),
      !url.contains("#"),
      let address = Self.port(url) ?? Self.socket(url)
    else { throw .webhookAddressRefused(String(url.prefix(200))) }
    self = address
  }

  private static func port(_ url: String) -> Self? {
    guard let (authority, target) = split(url, scheme: "http://") else { return nil }
    for (name, host) in [
      ("127.0.0.1", "127.0.0.1"), ("[::1]", "::1"), ("localhost", "127.0.0.1"),
    ] where authority.hasPrefix(name) {
      let rest = authority.dropFirst(name.count)
      if rest.isEmpty { return .port(host: host, port: 80, target: target) }
      guard rest.first == ":", let port = Int(rest.dropFirst()), (1...65_535).contains(port),
        rest.dropFirst().allSatisfy(\.isNumber)
      else { return nil }
      return .port(host: host, port: port, target: target)
    }
    return nil
  }

  private static func socket(_ url: String) -> Self? {
    guard let (authority, target) = split(url, scheme: "http+unix://") else { return nil }
    if authority.isEmpty { return path(target).map { .socket(path: $0, target: "/") } }
    guard let decoded = decoded(authority), let path = path(decoded) else { return nil }
    return .socket(path: path, target: target)
  }

  /// An absolute path that fits into a socket's address.
  private static func path(_ text: String) -> String? {
    text.hasPrefix("/") && (2...107).contains(text.utf8.count) && !text.contains("?") ? text : nil
  }

  private static func split(_ url: String, scheme: String) -> (authority: String, target: String)? {
    guard url.lowercased().hasPrefix(scheme) else { return nil }
    let rest = url.dropFirst(scheme.count)
    let authority = rest.prefix { $0 != "/" && $0 != "?" }
    let target = rest[authority.endIndex...]
    return (
      String(authority), target.isEmpty ? "/" : target.first == "?" ? "/\(target)" : String(target)
    )
  }

  private static func decoded(_ text: String) -> String? {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      let pair = rest.prefix(2)
      guard pair.count == 2, let value = UInt8(String(decoding: pair, as: UTF8.self), radix: 16),
        value >= 0x20
      else { return nil }
      bytes.append(value)
      rest = rest.dropFirst(2)
    }
    return String(validating: bytes, as: UTF8.self)
  }
}
