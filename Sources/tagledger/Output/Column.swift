/// One column of a list: for people a heading and a cell, for programs a key and a value.
struct Column<Item>: Sendable {
  var heading: Table.Heading
  /// In machine formats; a format, never translated.
  var key: String
  var cell: @Sendable (Item) -> Cell
  var value: @Sendable (Item) -> String?
  /// Only in machine formats: too wide or too dull for a person.
  var isHidden = false

  /// A column that shows people what it gives to programs.
  init(
    _ title: String, _ key: String, right: Bool = false, fit: Table.Fit = .whole,
    _ value: @escaping @Sendable (Item) -> String?
  ) {
    self.init(title, key, right: right, fit: fit, cell: { Cell(value($0)) }, value: value)
  }

  init(
    _ title: String, _ key: String, right: Bool = false, fit: Table.Fit = .whole,
    cell: @escaping @Sendable (Item) -> Cell, value: @escaping @Sendable (Item) -> String?
  ) {
    heading = Table.Heading(title: title, right: right, fit: fit)
    self.key = key
    self.cell = cell
    self.value = value
  }

  /// A column that only programs see.
  init(hidden key: String, _ value: @escaping @Sendable (Item) -> String?) {
    self.init("", key, cell: { _ in Cell("") }, value: value)
    isHidden = true
  }
}
