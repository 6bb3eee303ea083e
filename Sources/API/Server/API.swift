/// What the handlers of all routes share.
package struct API: Sendable {
  package let founder: UInt32
  let registry: PrometheusRegistry
  let meters = RequestMeters(routes: API.routes.count)

  package init(founder: UInt32, registry: PrometheusRegistry) {
    self.founder = founder
    self.registry = registry
  }

  static let routes: [Route] = []
}
