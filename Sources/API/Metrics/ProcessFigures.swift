#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What the kernel tells of this process, under the names that Prometheus' own clients use.
enum ProcessFigures {
  static func write(to text: inout PrometheusText) {
    if let pages = fields(of: "/proc/self/statm")?.dropFirst().first.flatMap({ Int($0) }) {
      text.family("process_resident_memory_bytes", .gauge, "Memory in use.")
      text.sample("process_resident_memory_bytes", pages * 4096)
    }
    if let descriptors = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd") {
      text.family("process_open_fds", .gauge, "Open file descriptors.")
      text.sample("process_open_fds", descriptors.count)
    }
    // utime and stime, the 14th and 15th field of proc(5), in hundredths of a second.
    if let stat = fields(of: "/proc/self/stat"), stat.count > 14, let user = Double(stat[13]),
      let system = Double(stat[14])
    {
      text.family("process_cpu_seconds_total", .counter, "Processor time used.")
      text.sample("process_cpu_seconds_total", (user + system) / 100)
    }
  }

  private static func fields(of path: String) -> [Substring]? {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
    return text.split(separator: " ")
  }
}
