import Domain

/// Makes one value after another, each while the one before is being used.
struct Ahead<Value: Sendable> {
  typealias Make = @Sendable () throws(Problem) -> Value?

  private let make: Make
  private var task: Task<Result<Value?, Problem>, Never>

  /// - Parameter make: returns the next value, nil at the end; called by one at a time.
  init(_ make: @escaping Make) {
    self.make = make
    task = Self.start(make)
  }

  /// Nil at the end, which is asked for once; an error is thrown in the place of the value it is about.
  mutating func next() async throws(Problem) -> Value? {
    let value = try await task.value.get()
    if value != nil { task = Self.start(make) }
    return value
  }

  private static func start(_ make: @escaping Make) -> Task<Result<Value?, Problem>, Never> {
    Task.detached {
      do throws(Problem) {
        return .success(try make())
      } catch {
        return .failure(error)
      }
    }
  }
}
