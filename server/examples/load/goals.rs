//! What was to be reached, and what was.

/// Lines of the table at the end.
#[derive(Default)]
pub struct Goals {
    lines: Vec<Line>,
}

struct Line {
    name: &'static str,
    measured: String,
    goal: String,
    reached: bool,
    /// Whether the run is a failure without it. Speed depends on the machine, losses do not.
    must: bool,
}

impl Goals {
    pub fn at_most(&mut self, name: &'static str, unit: &'static str, measured: f64, most: f64) {
        let goal = format!("≤ {most} {unit}");
        self.lines.push(Line { name, measured: number(measured, unit), goal, reached: measured <= most, must: false });
    }

    pub fn at_least(&mut self, name: &'static str, unit: &'static str, measured: f64, least: f64) {
        let goal = format!("≥ {least} {unit}");
        self.lines.push(Line { name, measured: number(measured, unit), goal, reached: measured >= least, must: false });
    }

    /// Something that must not be at all.
    pub fn none(&mut self, name: &'static str, measured: usize) {
        self.lines.push(Line {
            name,
            measured: measured.to_string(),
            goal: "0".to_owned(),
            reached: measured == 0,
            must: true,
        });
    }

    /// Prints all. Returns whether nothing went wrong that must not.
    pub fn print(&self) -> bool {
        println!("\nGoals");
        for Line { name, measured, goal, reached, .. } in &self.lines {
            println!("  {} {name}: {measured} (goal {goal})", if *reached { "reached" } else { "MISSED " });
        }
        self.lines.iter().all(|line| line.reached || !line.must)
    }
}

fn number(measured: f64, unit: &str) -> String {
    format!("{measured:.2} {unit}")
}
