import Domain
import HTTPTypes
import HummingbirdCore
import Ledger

/// One line of the table of routes.
struct Route: Sendable {
  let method: HTTPRequest.Method
  /// With `{name}` where any one segment stands; the spelling of schema/openapi.yaml.
  let path: String
  let access: Access
  /// Whether the body is a file that is taken as it comes, and the query says what to do with it.
  let streams: Bool
  let handle: @Sendable (API, Exchange) async throws -> Response

  enum Access: Hashable, Sendable {
    /// Liveness and figures tell nothing of customers or of who acts.
    case anyone
    /// Whoever is one of the team.
    case team
    /// Whoever holds the permission, for at least some tags.
    case needs(Permission)
  }

  init(
    _ method: HTTPRequest.Method, _ path: String, access: Access, streams: Bool = false,
    _ handle: @escaping @Sendable (API, Exchange) async throws -> Response
  ) {
    self.method = method
    self.path = path
    self.access = access
    self.streams = streams
    self.handle = handle
  }

  /// A route for whoever holds a permission.
  init(
    _ method: HTTPRequest.Method, _ path: String, needs permission: Permission,
    streams: Bool = false,
    _ handle: @escaping @Sendable (API, Exchange) async throws -> Response
  ) {
    self.init(method, path, access: .needs(permission), streams: streams, handle)
  }

  /// What is asked at the door; nil where anyone is let in.
  ///
  /// A command whose refusal is recorded goes on to the writer, which refuses and records it.
  var need: Need? {
    switch access {
    case .anyone: nil
    case .team: .membership
    case .needs(let permission):
      permission.isRecordedWhenRefused && method != .get
        ? .membership : .permission(permission)
    }
  }
}

/// Finds the route of a request: a tree of path segments, in which a name goes before a `{…}`.
struct RouteTable: Sendable {
  let routes: [Route]
  private var nodes = [Node()]

  private struct Node: Sendable {
    /// The few segments that can follow: comparing their bytes is faster than hashing a text.
    var named: [(segment: [UInt8], node: Int)] = []
    var open: Int?
    /// Whether this is where a `{rest}` leads, which stands for all segments that follow.
    var takesRest = false
    /// The places in `routes` of what can be done here.
    var routes: [Int] = []

    func next(_ segment: UnsafeBufferPointer<UInt8>) -> Int? {
      named.first { $0.segment.count == segment.count && $0.segment.elementsEqual(segment) }?.node
    }
  }

  struct Match: Sendable {
    let index: Int
    let captures: [String]
  }

  private static let slash = UInt8(ascii: "/")

  init(_ routes: [Route]) {
    self.routes = routes
    for (index, route) in routes.enumerated() {
      var node = 0
      for segment in route.path.dropFirst().split(separator: "/") {
        node = segment.first == "{" ? descendOpen(from: node) : descend(from: node, to: segment)
        nodes[node].takesRest = segment == "{rest}"
      }
      nodes[node].routes.append(index)
    }
  }

  private mutating func descend(from node: Int, to segment: Substring) -> Int {
    var segment = segment
    if let next = segment.withUTF8({ nodes[node].next($0) }) { return next }
    nodes.append(Node())
    nodes[node].named.append((Array(segment.utf8), nodes.count - 1))
    return nodes.count - 1
  }

  private mutating func descendOpen(from node: Int) -> Int {
    if let next = nodes[node].open { return next }
    nodes.append(Node())
    nodes[node].open = nodes.count - 1
    return nodes.count - 1
  }

  /// HEAD is answered wherever GET is.
  func match(_ method: HTTPRequest.Method, _ path: Substring) throws(Rejection) -> Match {
    var text = path
    let (here, captures) = try text.withUTF8 { bytes in
      Result { () throws(Rejection) in try walk(bytes) }
    }.get()
    guard !here.isEmpty else { throw .routeUnknown(String(path)) }
    let sought = method == .head ? .get : method
    guard let index = here.first(where: { routes[$0].method == sought }) else {
      var allowed = here.map { routes[$0].method.rawValue }
      if allowed.contains("GET") { allowed.append("HEAD") }
      throw .methodNotAllowed(method.rawValue, allowed: allowed.sorted())
    }
    return Match(index: index, captures: captures)
  }

  /// What can be done at a path, none where nothing is there, and what stands in its open places.
  private func walk(
    _ path: UnsafeBufferPointer<UInt8>
  ) throws(Rejection) -> (routes: [Int], captures: [String]) {
    var node = 0
    var captures: [String] = []
    guard path.first == Self.slash else { return ([], []) }
    var start = 1
    while start <= path.count {
      let end = path[start...].firstIndex(of: Self.slash) ?? path.count
      let segment = UnsafeBufferPointer(rebasing: path[start..<end])
      start = end + 1
      if nodes[node].takesRest {
        captures[captures.count - 1] += "/" + String(decoding: segment, as: UTF8.self)
      } else if let next = nodes[node].next(segment) {
        node = next
      } else if let next = nodes[node].open, !segment.isEmpty {
        guard let text = String(percentEncoded: segment, plusIsSpace: false) else {
          throw .uriUnreadable
        }
        captures.append(text)
        node = next
      } else {
        return ([], [])
      }
    }
    return (nodes[node].routes, captures)
  }
}
