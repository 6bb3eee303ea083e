import Testing

/// The built programs at work, seen from outside, one scenario after the other: each may have the
/// machine to itself.
@Suite(.serialized)
enum Scenarios {}
