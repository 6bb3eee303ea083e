/// Finds the RFM group of one customer after another at one moment: what depends on everybody is found
/// out once, when it is made.
package struct RFMLookup: Sendable {
  private let state: State
  private let now: Timestamp
  private let breaks: RFMBreaks
  private let places: GroupPlaces

  package init(_ state: State, at now: Timestamp) {
    self.state = state
    self.now = now
    breaks = state.rfmBreaks(at: now)
    places = GroupPlaces(state.rfm.settings)
  }

  /// The key of a customer's group; nil where they are in none.
  package func key(of customer: CustomerID) -> String? {
    guard let figures = state.rfmFigures(of: customer, at: now) else { return nil }
    let scores = breaks.scores(
      recency: figures.recency, frequency: figures.frequency, monetary: figures.monetary)
    let place = Int(places[scores])
    return place < 0 ? nil : state.rfm.settings.groups[place].key
  }
}

extension FilterGround {
  /// With the RFM groups, where the filter asks for them.
  package convenience init(
    _ state: State, at now: Timestamp, for filter: Filter,
    spread: @escaping Spread = inOrder
  ) {
    self.init(state, at: now, withGroups: filter.asksRFM, spread: spread)
  }

  package convenience init(
    _ state: State, at now: Timestamp, withGroups: Bool,
    spread: @escaping Spread = inOrder
  ) {
    self.init(
      state, at: now, groups: withGroups ? RFMLookup(state, at: now) : nil, spread: spread)
  }
}
