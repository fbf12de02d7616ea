// Stands for what is never used.
export default {};
