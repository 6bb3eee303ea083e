package import Domain

/// Who may do what. For now: the founder and root everything, everybody else nothing.
///
/// It is asked inside the writer, at the place where the order is decided, and by every read; so
/// that roles can take its place without another path to the log.
package struct Authority: Sendable {
  /// The user who first started the daemon on this data.
  package let founder: UInt32

  package init(founder: UInt32) {
    self.founder = founder
  }

  /// Throws `permissionMissing` where the actor is neither the founder, nor root, nor the daemon.
  package func authorise(_ actor: Actor) throws(Problem) {
    switch actor.via {
    case .system, .rule:
      return
    case .local where actor == .local(uid: founder) || actor == .local(uid: 0):
      return
    default:
      throw .permissionMissing(actor.name)
    }
  }
}
