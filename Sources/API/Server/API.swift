import HTTPTypes
package import Ledger
package import Webhooks

/// What the handlers of all routes share.
package struct API: Sendable {
  let ledger: Ledger
  let version: String
  let registry: PrometheusRegistry
  let stream: EventStream
  /// The most that one page of a list holds.
  let pageLimit: Int
  let limits: RequestLimits
  let courier: Courier
  let running = RunningKeys()
  let logins = LoginNames()
  let meters = RequestMeters(routes: API.routes.count)

  package init(
    _ ledger: Ledger, version: String, registry: PrometheusRegistry = PrometheusRegistry(),
    pageLimit: Int = 1000, limits: RequestLimits = RequestLimits(),
    heartbeat: Duration = .seconds(15), courier: Courier? = nil
  ) {
    self.courier = courier ?? Courier(ledger)
    self.limits = limits
    self.ledger = ledger
    self.version = version
    self.registry = registry
    self.pageLimit = pageLimit
    stream = EventStream(heartbeat: heartbeat)
  }

  package var founder: UInt32 {
    ledger.founder
  }
}

extension API {
  /// Every route there is, in the order of the paths; schema/openapi.yaml describes each.
  static let routes: [Route] =
    (probeRoutes + categoryRoutes + changeRoutes + commandRoutes + customerRoutes + diffRoutes
    + accountRoutes + eventRoutes + exportRoutes + factRoutes + filterRoutes + importRoutes
    + jobRoutes
    + momentRoutes + noticeRoutes + operatorRoutes + proofRoutes + roleRoutes + ruleRoutes
    + sourceRoutes + starterSetRoutes + statusRoutes + tagRoutes + teamRoutes
    + segmentRoutes + workRoutes + rfmRoutes
    + membershipRoutes + webhookRoutes + whyRoutes)
    .sorted { ($0.path, $0.method.rawValue) < ($1.path, $1.method.rawValue) }
}
