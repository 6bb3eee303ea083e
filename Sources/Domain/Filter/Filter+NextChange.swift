extension Filter {
  /// The first moment after `now` at which a customer's answer changes without any new event, as far
  /// as is known now; nil for never.
  ///
  /// It is never later than that. It may be earlier where finding out would take long, and where RFM
  /// groups by quantiles are asked for, which depend on everybody: then somebody has to look again.
  ///
  /// - Parameter end: what changes later than this is not asked for.
  package func nextChange(
    of customer: CustomerID, in state: State, after now: Timestamp, by end: Timestamp = .never
  ) -> Timestamp? {
    let match = FilterMatch(FilterGround(state, at: now, for: self), customer)
    guard match.isLive else { return nil }
    let moments = FilterMoments([self], in: state)
    let all = moments.all(for: match, by: end)
    let tomorrow: Int64? = moments.asksAll(match.ground) ? moments.tomorrow(now) : nil
    func sooner(_ moment: Timestamp) -> Timestamp {
      Timestamp(microseconds: min(moment.rawValue, tomorrow ?? .max))
    }
    let isNow = match.holds(root)
    for moment in all.prefix(Self.tries) {
      let then = FilterMatch(match.ground.moved(to: moment), customer)
      if then.holds(root) != isNow { return sooner(moment) }
    }
    return all.dropFirst(Self.tries).first.map(sooner)
      ?? tomorrow.map(Timestamp.init(microseconds:))
  }

  /// How many moments are looked at before somebody is told to look again.
  private static let tries = 128

  package var asksRFM: Bool {
    root.conditions.contains {
      if case .rfm = $0 { true } else { false }
    }
  }
}
