pub struct Pdf;
impl Pdf {
    pub fn new() -> Pdf {
        Pdf
    }
}
