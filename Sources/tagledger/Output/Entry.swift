/// Labels and values under each other; an entry without a value is left out.
struct Entry {
  private var lines: [(label: String, value: Cell)] = []

  mutating func add(_ label: String, _ value: String?, _ style: Paint.Style = .plain) {
    guard let value, !value.isEmpty else { return }
    lines.append((label, Cell(value, style)))
  }

  mutating func add(_ label: String, swatch: String, _ value: String) {
    lines.append((label, Cell(value, swatch: swatch)))
  }

  func text(_ paint: Paint) -> String {
    let width = lines.map { DisplayWidth.of($0.label) }.max() ?? 0
    return lines.map { line in
      let padding = String(repeating: " ", count: width - DisplayWidth.of(line.label))
      let swatch = line.value.swatch.map(paint.swatch) ?? ""
      let value = paint(line.value.text, line.value.style)
      return "\(paint(line.label, .dim))\(padding)  \(swatch)\(value)\n"
    }.joined()
  }
}
